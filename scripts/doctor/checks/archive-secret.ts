import { broken, type Check, look, ok } from '../check.js'
import { asArchive } from '../context.js'
import { explain } from '../explain.js'

const check: Check = {
  name: 'archive-secret',
  title: '存档 Secret',
  async run({ archive, get }) {
    if (!archive) {
      const begun = ['WECOM_ARCHIVE_KEYS', 'WECOM_FINANCE_SDK', 'WECOM_ARCHIVE_TOKEN'].some((name) => get(name))
      if (begun)
        return broken('会话内容存档填了一半：缺 WECOM_ARCHIVE_SECRET', '到管理后台「管理工具 → 聊天内容存档」查看 Secret')
      return ok('没有启用会话内容存档（可选），靠粘贴')
    }
    if (get('WECOM_ARCHIVE_SECRET') === get('WECOM_SECRET'))
      return broken('WECOM_ARCHIVE_SECRET 填成了应用的 Secret', '存档有自己的 Secret：到管理后台「管理工具 → 聊天内容存档」查看')
    const answer = await archive.token()
    if (answer.code === 40013) return look('先修好「应用 Secret」')
    return answer.code === 0 ? ok('对得上') : explain(answer, asArchive('gettoken'))
  },
}
export default check
