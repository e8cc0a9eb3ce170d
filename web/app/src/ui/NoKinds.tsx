import { t } from './nokinds.words'
import { Nothing } from './states'

/** What a county says that was only just made: nothing can be registered, found or counted before it has kinds. */
export const NoKinds = () => <Nothing say={t('noKinds')} />
