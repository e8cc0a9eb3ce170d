import { catalogue } from './catalogue'

export const t = catalogue({
  op_eq: ['等于', 'is'],
  op_ne: ['不等于', 'is not'],
  op_lt: ['小于', 'less than'],
  op_le: ['不超过', 'at most'],
  op_gt: ['大于', 'more than'],
  op_ge: ['不少于', 'at least'],
  op_in: ['是其中之一', 'one of'],
  op_between: ['介于', 'between'],
  op_contains: ['包含', 'contains'],
  op_starts: ['开头是', 'begins with'],
  op_missing: ['未填', 'is missing'],
  op_present: ['已填', 'is there'],
})
