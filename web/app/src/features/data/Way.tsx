import { Steps } from 'antd'
import { t } from './data.words'

/** Where one is on the way from a file to facts. */
export const Way = ({ at }: { at: 0 | 1 | 2 }) => (
  <Steps
    size="small"
    current={at}
    className="import-way"
    items={[{ title: t('upload') }, { title: t('preview') }, { title: t('take') }]}
  />
)
