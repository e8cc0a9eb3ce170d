import { FormatPainterOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { lazy, Suspense } from 'react'
import { t } from './ui.words'

const Choices = lazy(() => import('./DisplayChoices'))

/** How things are shown: language, colours, size of text, spacing. */
export function Display() {
  const choices = (
    <Suspense>
      <Choices />
    </Suspense>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={choices}>
      <Button type="text" icon={<FormatPainterOutlined />} aria-label={t('settings')} title={t('settings')} />
    </Popover>
  )
}
