import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { type Prefs, setPrefs, usePrefs } from '.'
import { t } from './display.words'

function Choice<V extends string | number>({
  name,
  value,
  options,
  onChange,
}: {
  name: string
  value: V
  options: { value: V; label: ReactNode }[]
  onChange: (value: V) => void
}) {
  return (
    <div className="display-row">
      <span>{name}</span>
      <Segmented<V> aria-label={name} value={value} options={options} onChange={onChange} />
    </div>
  )
}

/** Language, colours, size of text, spacing. */
export default function DisplayChoices() {
  const prefs = usePrefs()
  return (
    <div className="display">
      <Choice<Prefs['lang']>
        name={t('language')}
        value={prefs.lang}
        options={[
          { value: 'zh', label: t('chinese') },
          { value: 'en', label: 'English' },
        ]}
        onChange={(lang) => setPrefs({ lang })}
      />
      <Choice<Prefs['mode']>
        name={t('mode')}
        value={prefs.mode}
        options={[
          { value: 'auto', label: t('auto') },
          { value: 'light', label: t('light') },
          { value: 'dark', label: t('dark') },
        ]}
        onChange={(mode) => setPrefs({ mode })}
      />
      <Choice<Prefs['text']>
        name={t('textSize')}
        value={prefs.text}
        options={[
          { value: 100, label: t('textNormal') },
          { value: 125, label: t('textLarge') },
          { value: 150, label: t('textLarger') },
          { value: 175, label: t('textLargest') },
        ]}
        onChange={(text) => setPrefs({ text })}
      />
      <Choice
        name={t('density')}
        value={prefs.dense ? 1 : 0}
        options={[
          { value: 0, label: t('normal') },
          { value: 1, label: t('dense') },
        ]}
        onChange={(dense) => setPrefs({ dense: dense === 1 })}
      />
    </div>
  )
}
