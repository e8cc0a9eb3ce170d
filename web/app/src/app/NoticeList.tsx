import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { notices } from '../api/queries'
import { Answer, Moment } from '../ui'
import { NoticeText } from '../ui/NoticeText'
import { t } from './app.words'

/** What happened, the latest first: what is in the drawer once it is open. */
export default function NoticeList() {
  const answer = useQuery(notices)
  return (
    <Answer of={answer} empty={(data) => data.notices.length === 0}>
      {(data) => (
        <>
          <ul className="notices">
            {data.notices.map((one) => (
              <li key={`${one.act} ${one.kind} ${one.object}`} className={one.unseen ? 'unseen' : undefined}>
                <NoticeText of={one} />
                <div className="quiet">
                  <Moment at={one.at} />
                </div>
              </li>
            ))}
          </ul>
          {data.next == null ? null : (
            <p className="notices-more">
              <Link to="/notices">{t('allNotices')} →</Link>
            </p>
          )}
        </>
      )}
    </Answer>
  )
}
