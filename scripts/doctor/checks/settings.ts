import { loadConfig } from '../../../lib/config.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import { placeOf } from '../places.js'

/** What lib/config.ts says of a wrong setting, in the administrator's words. */
const words: [RegExp, string][] = [
  [/is missing/, '没有填'],
  [/are missing, because DINGTALK_MODE is http/, '没有填，HTTP 模式要填'],
  [/belong together/, '要一起填'],
  [/must be 43 letters and digits/, '应该是 43 位字母和数字，复制时别带空格'],
  [/at least 32 characters/, '至少要 32 个字符'],
  [/^must be a JSON object/, '不是要求的 JSON，引号要用英文双引号，整个值写在一行里'],
  [/the app itself is configured/, '应用自己的回调只用 WECOM_TOKEN 和 WECOM_AES_KEY，删掉这一行'],
  [/url/i, '不是一个完整的网址'],
  [/number|expected int/i, '应该是数字'],
]

const check: Check = {
  name: 'settings',
  title: '设置',
  async run({ env, get, strangers }) {
    const findings = [...wrong(env), ...doubtful(get), ...strangers.map(asStranger)]
    return findings.length > 0 ? findings : [ok('都填了，格式没有问题')]
  },
}
export default check

/** What `npm start` would refuse to start for. */
function wrong(env: Record<string, string | undefined>): Finding[] {
  try {
    // Left empty, npm start brings a pair of its own.
    loadConfig({ ...env, DATABASE_URL: env.DATABASE_URL || 'postgresql://own', REDIS_URL: env.REDIS_URL || 'redis://own' })
    return []
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1)
    return lines.map((line) => {
      const [, names = '', message = ''] = /^\s*([\w, ]+): (.*)$/.exec(line) ?? []
      const why = words.find(([pattern]) => pattern.test(message))?.[1] ?? '格式不对'
      const [name = '', ...others] = names.split(/ and |, /)
      return broken(`${[name, ...others].join(' 和 ')} ${why}`, placeOf(name))
    })
  }
}

/** What starts, and can't be meant. */
function doubtful(get: (name: string) => string | undefined): Finding[] {
  const findings: Finding[] = []
  const token = get('WECOM_TOKEN')
  if (token && !/^[A-Za-z0-9]{1,32}$/.test(token))
    findings.push(broken('WECOM_TOKEN 应该是不超过 32 位的字母和数字', placeOf('WECOM_TOKEN')))
  if (get('SESSION_SECRET') && get('SESSION_SECRET') === get('DATA_KEY'))
    findings.push(broken('SESSION_SECRET 和 DATA_KEY 填了同一个值', '各用一个随机值；已经有数据的话只换 SESSION_SECRET'))
  const corpId = get('WECOM_CORP_ID')
  if (corpId && !/^w[wx][0-9A-Za-z]{8,}$/.test(corpId))
    findings.push(look('WECOM_CORP_ID 不像企业ID（一般以 ww 开头）', placeOf('WECOM_CORP_ID')))
  if (!get('WECOM_ADMINS') && !get('DINGTALK_ADMINS')) {
    const name = get('WECOM_CORP_ID') ? 'WECOM_ADMINS' : 'DINGTALK_ADMINS'
    findings.push(look(`${name} 没有填，没有人能进管理页面`, placeOf(name)))
  }
  return findings
}

const asStranger = (name: string) => look(`.env 里的 ${name} 不是不漏的设置`, '对照 .env.example 看看是不是写错了')
