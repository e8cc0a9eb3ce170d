import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { AutoComplete, Input } from 'antd'
import { useState } from 'react'
import { t } from './app.words'
import { type Hit, useHits } from './useHits'

/** Finds a subject of any kind by name or code. `/` comes here. */
export function Search() {
  const [q, setQ] = useState('')
  const { hits, busy } = useHits(q)
  const navigate = useNavigate()
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) groups.set(hit.title, [...(groups.get(hit.title) ?? []), hit])
  return (
    <AutoComplete
      className="search"
      popupMatchSelectWidth={360}
      value={q}
      onChange={setQ}
      onSelect={(key: string) => {
        const [kind = '', id = ''] = key.split('\n')
        setQ('')
        void navigate({ to: '/subjects/$kind/$id', params: { kind, id } })
      }}
      notFoundContent={q.trim().length > 1 ? (busy ? t('searching') : t('noHits')) : null}
      options={[...groups].map(([title, of]) => ({
        label: title,
        options: of.map((hit) => ({
          value: `${hit.kind}\n${hit.identity}`,
          label: (
            <div className="hit">
              <span>{hit.name || hit.identity}</span>
              <span className="quiet num">{hit.part === 'name' ? hit.identity : hit.pieces.join('')}</span>
            </div>
          ),
        })),
      }))}
    >
      <Input
        id="search"
        prefix={<SearchOutlined />}
        suffix={<kbd>/</kbd>}
        placeholder={t('search')}
        aria-label={t('search')}
      />
    </AutoComplete>
  )
}
