import { readSms } from '../../../lib/sms-mail-config.js'
import { broken, type Check, look, ok } from '../check.js'

const check: Check = {
  name: 'sms',
  title: '短信',
  async run({ env, get }) {
    const { settings, why } = readSms(env)
    if (!settings) {
      const begun = Object.keys(env).some((name) => /^SMS_/.test(name) && get(name))
      return begun ? broken(`${why}，短信现在关着`, '补齐设置，或删掉 SMS_ 开头的各行') : ok('没有启用（可选）')
    }
    const provider = settings.provider === 'aliyun' ? '阿里云' : '腾讯云'
    const code = settings.codeTemplateId ? '' : '；没有验证码模板，同事自己填的手机号没法验证'
    return look(`${provider}的设置齐全${code}。没有试发`, '打开不漏的「我的提醒渠道」页，点「试发一条」')
  },
}
export default check
