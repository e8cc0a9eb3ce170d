import './grading.css'

const TONE: Record<string, string> = {
  computed: 'going',
  reviewed: 'going',
  notice: 'open',
  final: 'good',
  settled: 'good',
  published: 'good',
}

/** The state of a run or of a rule document, in the server's word for it. */
export const StateTag = ({ state, name }: { state: string; name: string }) => (
  <span className={`state-tag state-${TONE[state] ?? 'quiet'}`}>{name}</span>
)
