import { createPrivateKey } from 'node:crypto'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import { placeOf } from '../places.js'

const mend = `到管理后台「管理工具 → 聊天内容存档」核对公钥版本；${placeOf('WECOM_ARCHIVE_KEYS')}`

/** RSA-2048, PKCS#1 or #8, one for each version that is still in use: https://developer.work.weixin.qq.com/document/path/91774 */
const check: Check = {
  name: 'archive-keys',
  title: '存档私钥',
  async run({ get }) {
    const raw = get('WECOM_ARCHIVE_KEYS')
    if (!raw) return get('WECOM_ARCHIVE_SECRET') ? broken('没有填 WECOM_ARCHIVE_KEYS，消息解不开', mend) : ok('没有启用（可选）')
    const keys = read(raw)
    if (!keys) return broken('WECOM_ARCHIVE_KEYS 不是要求的 JSON', mend)
    const entries = Object.entries(keys)
    if (entries.length === 0)
      return get('WECOM_ARCHIVE_SECRET') ? broken('WECOM_ARCHIVE_KEYS 里没有私钥', mend) : ok('没有启用（可选）')
    const wrong = entries.flatMap(([version, pem]) => wrongWith(version, pem) ?? [])
    if (wrong.length > 0) return wrong
    const versions = entries.map(([version]) => version).join('、')
    return entries.length > 1 || get('WECOM_ARCHIVE_SECRET')
      ? ok(`第 ${versions} 版，都读得出来`)
      : look(`第 ${versions} 版读得出来，但没有填 WECOM_ARCHIVE_SECRET`)
  },
}
export default check

function wrongWith(version: string, pem: string): Finding | null {
  if (!/^\d+$/.test(version)) return broken(`版本「${version}」不是数字`, mend)
  if (/PUBLIC KEY/.test(pem)) return broken(`第 ${version} 版填的是公钥，要填私钥`, mend)
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem)
    const bits = asymmetricKeyDetails?.modulusLength
    if (asymmetricKeyType !== 'rsa' || bits !== 2048)
      return broken(`第 ${version} 版不是 2048 位的 RSA 私钥`, '重新生成 RSA 2048 密钥对，公钥贴到后台')
    return null
  } catch {
    return broken(`第 ${version} 版私钥读不出来`, /\n/.test(pem) ? mend : '私钥里的换行要写成 \\n，首尾的 BEGIN、END 两行也要')
  }
}

function read(raw: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(raw)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return Object.values(value).every((one) => typeof one === 'string') ? (value as Record<string, string>) : null
  } catch {
    return null
  }
}
