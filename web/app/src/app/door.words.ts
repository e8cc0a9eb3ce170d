import { catalogue } from '../ui'

export const t = catalogue({
  motto: ['县域创新主体格次赋分', 'Grades of innovation, point by point'],
  elsewhere: ['不登录也能看的', 'Open to anybody'],
  help: ['使用说明', 'Guide'],
  public: ['公示和政策', 'Published results and policies'],
  signIn: ['登录', 'Sign in'],
  user: ['账号', 'Account'],
  password: ['密码', 'Password'],
  code: ['动态码', 'Code'],
  codeTip: [
    '启用了动态码的账号填；恢复码也可以',
    'For accounts with an authenticator; a recovery code will do',
  ],
  needUser: ['请填账号', 'Fill in the account'],
  needPassword: ['请填密码', 'Fill in the password'],
  withCode: ['我有动态码', 'I have a code'],
  firstPassword: ['初始密码只能用一次，请先改', 'A first password only serves to change it'],
  oldPassword: ['现在的密码', 'The password until now'],
  newPassword: ['新密码', 'The new password'],
  repeat: ['再输一次', 'Once more'],
  differs: ['两次不一样', 'The two differ'],
  changed: ['密码已改', 'The password was changed'],
  confirmTitle: ['请确认是您本人', 'Please prove that it is you'],
  confirmWhy: [
    '这一步影响大，要在五分钟内输过密码。确认后接着办，不用重填。',
    'This step matters: it wants the password given within five minutes. It then goes on by itself.',
  ],
  signInThere: ['用{name}登录', 'Sign in through {name}'],
  confirmThere: ['去{name}再确认一次', 'Prove it at {name}'],
  confirmThereWhy: [
    '没有本系统密码的从那里确认；回来后在这一页把刚才这一步再办一次。',
    'For those without a password here; back on this page, take the step once more.',
  ],
  confirm: ['确认并继续', 'Confirm and go on'],
  cancel: ['取消', 'Cancel'],
})
