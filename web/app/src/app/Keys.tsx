import { Modal } from 'antd'
import { t } from './keys.words'
import { useNav } from './useNav'

/** All keys, in a table. */
export default function Keys({ onClose }: { onClose: () => void }) {
  const rows: [string, string][] = [
    ['/', t('keySearch')],
    ['Ctrl K', t('keyPalette')],
    ...useNav().flatMap((row): [string, string][] =>
      row.letter ? [[`g ${row.letter}`, t('keyGo', { name: row.label() })]] : [],
    ),
    ['?', t('keyHelp')],
    ['Esc', t('keyEsc')],
  ]
  return (
    <Modal open title={t('keys')} footer={null} onCancel={onClose}>
      <dl className="keys">
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
