import './help.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Answer, Nothing, Page, Panel, pick } from '../../ui'
import { Markdown } from '../../ui/Markdown'
import { PublicFrame } from '../../ui/PublicFrame'
import { PAGE_NAMES, t } from './help.words'

/** The guide is Markdown in docs/guide, and how to operate it stands beside; each page is a chunk of its own. */
const PAGES = import.meta.glob<string>(['../../../../../docs/guide/*.md', '../../../../../docs/operate.md'], {
  query: '?raw',
  import: 'default',
})

const nameOf = (path: string) => path.replace(/^.*\/(.*)\.md$/, '$1')
const titleOf = (name: string) => (PAGE_NAMES[name] ? pick(PAGE_NAMES[name]) : name)

/** As PAGE_NAMES has them, others last. */
const ORDER = Object.keys(PAGE_NAMES)
const place = (path: string) => ORDER.indexOf(nameOf(path)) + 1 || ORDER.length + 1
const ALL = Object.keys(PAGES).sort((a, b) => place(a) - place(b))

export const Help = () => <Guide page={useParams({ from: '/inside/help/$page' }).page} to="/help/$page" />

/** The same for those who are not signed in. */
export function PublicHelp() {
  const { page } = useParams({ from: '/outside/public/help/$page' })
  return (
    <PublicFrame>
      <Guide page={page} to="/public/help/$page" />
    </PublicFrame>
  )
}

function Guide({ page, to }: { page: string; to: '/help/$page' | '/public/help/$page' }) {
  const found = Object.keys(PAGES).find((path) => nameOf(path) === page)
  const answer = useQuery({
    queryKey: ['help', page],
    queryFn: () => (found ? PAGES[found]!() : Promise.resolve('')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Page title={t('title')}>
      <div className="panels">
        <Panel wide>
          <Answer of={answer} empty={(text) => text === ''} nothing={<Nothing say={t('none')} />}>
            {(text) => <Markdown text={text} pages={to.replace('$page', '')} />}
          </Answer>
        </Panel>
        <Panel title={t('pages')}>
          <ul className="plain-list">
            {ALL.map((path) => (
              <li key={path}>
                <Link to={to} params={{ page: nameOf(path) }}>
                  {titleOf(nameOf(path))}
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </Page>
  )
}
