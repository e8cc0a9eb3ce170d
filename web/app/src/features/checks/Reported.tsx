import type { Fact } from '../../api'
import { Decimal } from '../../ui'

/** The value as it was reported, with its unit once. */
export const Reported = ({ fact: { value, unit } }: { fact: Pick<Fact, 'value' | 'unit'> }) => (
  <Decimal value={value && unit && value.endsWith(unit) ? value.slice(0, -unit.length) : value} unit={unit} />
)
