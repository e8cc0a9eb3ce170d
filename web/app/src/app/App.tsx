import { StyleProvider } from '@ant-design/cssinjs'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { useLayoutEffect, useMemo } from 'react'
import { Boundary, useMode, usePrefs } from '../ui'
import { className, themeOf } from '../ui/theme'
import { Confirm } from './Confirm'
import { router } from './router'

export function App() {
  const prefs = usePrefs()
  const mode = useMode()
  const theme = useMemo(() => themeOf(mode, prefs.text, prefs.dense), [mode, prefs.text, prefs.dense])
  useLayoutEffect(() => {
    const root = document.documentElement
    root.lang = prefs.lang === 'zh' ? 'zh-CN' : 'en'
    root.className = className(mode)
    root.style.colorScheme = mode
    root.style.fontSize = `${prefs.text}%`
  }, [prefs.lang, prefs.text, mode])
  return (
    <StyleProvider layer>
      <ConfigProvider
        theme={theme}
        locale={prefs.lang === 'zh' ? zh : en}
        button={{ autoInsertSpace: false }}
        // What moves focus and what is read aloud must be in the same place.
        modal={{ mask: { blur: false } }}
      >
        <AntApp component={false}>
          <Boundary key={prefs.lang}>
            <Confirm />
            <RouterProvider router={router} />
          </Boundary>
        </AntApp>
      </ConfigProvider>
    </StyleProvider>
  )
}
