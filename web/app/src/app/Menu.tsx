import { Link } from '@tanstack/react-router'
import type { Section } from '../ui'
import { t } from './app.words'
import { useNav } from './useNav'

const SECTIONS: readonly (readonly [Section, () => string])[] = [
  ['home', () => t('sectionHome')],
  ['subjects', () => t('sectionSubjects')],
  ['grading', () => t('sectionGrading')],
  ['policy', () => t('sectionPolicy')],
  ['cockpit', () => t('sectionCockpit')],
  ['data', () => t('sectionData')],
  ['admin', () => t('sectionAdmin')],
]

/** What this one may use, by section. */
export function Menu() {
  const rows = useNav()
  return (
    <nav aria-label={t('menu')} className="menu">
      {SECTIONS.map(([section, name]) => {
        const of = rows.filter((row) => row.section === section)
        return of.length === 0 ? null : (
          <section key={section} aria-label={name()}>
            {section === 'home' ? null : <h2>{name()}</h2>}
            <ul>
              {of.map((row) => (
                <li key={row.label()}>
                  <Link
                    {...row.link}
                    activeOptions={{ exact: row.link.to === '/', includeSearch: false }}
                    activeProps={{ className: 'active', 'aria-current': 'page' }}
                  >
                    {row.icon}
                    <span>{row.label()}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
