import { Alert, Button } from 'antd'
import type { RuleChecked, RuleProblem } from '../../api'
import { Panel, pick } from '../../ui'
import { t } from './grading.words'

/** What the compiler has to say, errors first; with `onGo`, each leads to its place. */
export function Problems({ of, onGo }: { of: RuleChecked; onGo?: (one: RuleProblem) => void }) {
  const errors = of.problems.filter((one) => one.severity === 'error')
  const others = of.problems.filter((one) => one.severity !== 'error')
  return (
    <Panel title={t('problems')}>
      <div role="status">
        {of.sound ? (
          <Alert type="success" showIcon title={t('sound')} />
        ) : (
          <Alert type="error" showIcon title={t('errors', { n: errors.length })} />
        )}
        {others.length ? <p className="quiet">{t('warnings', { n: others.length })}</p> : null}
      </div>
      <ul className="problems">
        {[...errors, ...others].map((one) => (
          <li key={`${one.begin} ${one.code}`} className={`problem-${one.severity}`}>
            {onGo ? (
              <Button type="link" size="small" onClick={() => onGo(one)}>
                {t('line', { n: one.line })}
              </Button>
            ) : (
              <span>{t('line', { n: one.line })} </span>
            )}
            {pick([one.message, one.message_en])} <code className="quiet">{one.code}</code>
            {one.fix ? <div className="fix">→ {pick([one.fix, one.fix_en])}</div> : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
