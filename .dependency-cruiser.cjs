// Who may import whom: the table of docs/architecture.md, enforced. Type-only imports count too. Tests are exempt.
const house = ['lib', 'domain', 'nlp', 'channels', 'bot-server', 'jobs', 'sidebar-h5', 'simulator', 'prisma']
const may = {
  lib: [],
  domain: ['lib'],
  nlp: ['lib'],
  channels: ['lib'],
  'bot-server': ['lib', 'domain', 'nlp', 'channels'],
  jobs: ['lib', 'domain', 'nlp', 'channels'],
  simulator: ['lib'],
  prisma: ['lib', 'domain'],
}
const room = (name) => `^${name}/`

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(may).map(([from, allowed]) => ({
      name: `${from}-may-import-only-${allowed.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: room(from) },
      to: {
        path: house.map(room),
        // channels know two type-only things of the domain: the neutral card and its buttons.
        pathNot: [from, ...allowed].map(room).concat(from === 'channels' ? ['^domain/card/card\\.ts$'] : []),
      },
    })),
    {
      name: 'sidebar-knows-contracts-and-formats-only',
      severity: 'error',
      from: { path: room('sidebar-h5') },
      to: { path: house.map(room), pathNot: [room('sidebar-h5'), room('lib/format'), '\\.contract\\.ts$'] },
    },
    {
      name: 'contracts-are-browser-safe',
      comment: 'A contract travels to the browser: zod (its mini build) and other contracts, nothing else.',
      severity: 'error',
      from: { path: '\\.contract\\.ts$' },
      to: { pathNot: ['\\.contract\\.ts$', 'node_modules/zod/'] },
    },
    {
      name: 'formats-are-browser-safe',
      severity: 'error',
      from: { path: '^lib/format/' },
      to: { pathNot: ['^lib/format/'] },
    },
    {
      name: 'one-door-to-the-database',
      comment: 'Everyone else receives Db and Tx from lib/db.ts.',
      severity: 'error',
      from: { pathNot: ['^lib/db\\.ts$', '^generated/'] },
      to: { path: '^generated/' },
    },
    {
      name: 'one-mouth',
      comment: 'bot-server uses channels to verify, parse, log people in and sign; only jobs speak.',
      severity: 'error',
      from: { path: room('bot-server') },
      to: {
        path: '^channels/(wecom/(send|contact|member|webhook|workbench)|dingtalk/(send|group|session|notice|ding|todo|robot-message|recall)|sms/(create-sms|aliyun|tencent)|mail/create-mail)\\.ts$',
      },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: house.map(room) },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^generated'] },
    exclude: { path: ['\\.test\\.ts$', '^simulator/testing/', '^simulator/desk/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
