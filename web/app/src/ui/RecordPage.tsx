import { Tabs } from 'antd'
import { type ReactNode, Suspense } from 'react'
import { Page, type PageProps } from './pages'
import { Loading } from './states'

export interface RecordTab {
  key: string
  label: string
  show: () => ReactNode
}

/** A screen about one thing: a header with what matters most, and tabs that stay in the address. */
export function RecordPage({
  page,
  header,
  tabs,
  tab,
  onTab,
}: {
  page: Omit<PageProps, 'children'>
  header?: ReactNode
  tabs: readonly RecordTab[]
  tab: string | undefined
  onTab: (key: string) => void
}) {
  const open = tabs.find((one) => one.key === tab) ?? tabs[0]
  return (
    <Page {...page}>
      {header ? <div className="record-head">{header}</div> : null}
      <Tabs
        {...(open && { activeKey: open.key })}
        onChange={onTab}
        destroyOnHidden
        items={tabs.map((one) => ({
          key: one.key,
          label: one.label,
          children: one === open ? <Suspense fallback={<Loading />}>{one.show()}</Suspense> : null,
        }))}
      />
    </Page>
  )
}
