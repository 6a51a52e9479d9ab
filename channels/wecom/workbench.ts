import { GiveUp } from '../../lib/errors.js'
import { cutChars } from '../cut.js'
import type { Wecom } from './client.js'

/** One number on the app's tile in WeCom's workbench. */
export type KeyData = {
  /** 今日必跟 */
  key: string
  data: string
  /** A path of ours; without it the tile leads to the app's home page. */
  page?: string
}

const maxItems = 4
const maxChars = 64
const maxMembers = 1000

/**
 * Numbers on the workbench: shown when somebody looks, never counted as said. An administrator must switch on
 * 工作台自定义展示 for the app first. https://developer.work.weixin.qq.com/document/path/92535
 */
export function createWorkbench(wecom: Wecom) {
  const { agentId, publicUrl } = wecom.settings
  const keydata = (items: KeyData[]) => {
    if (items.length === 0 || items.length > maxItems) throw new GiveUp(`WeCom: a tile has 1 to ${maxItems} numbers`)
    return {
      items: items.map(({ key, data, page }) => ({
        key: cutChars(key, maxChars),
        data: cutChars(data, maxChars),
        ...(page ? { jump_url: new URL(page, publicUrl).href } : {}),
      })),
    }
  }

  return {
    /** Makes the tile one of numbers; `items` is what those see for whom nothing was set. Their own numbers stay. */
    async setTemplate(items: KeyData[]): Promise<void> {
      const body = { agentid: agentId, type: 'keydata', keydata: keydata(items), replace_user_data: false }
      await wecom.call('POST', 'agent/set_workbench_template', body)
    },

    /** At most 10 a minute for one member. */
    async setNumbers(userid: string, items: KeyData[]): Promise<void> {
      await wecom.call('POST', 'agent/set_workbench_data', { agentid: agentId, userid, type: 'keydata', keydata: keydata(items) })
    },

    /** The same numbers for many; 100,000 members a minute. */
    async setNumbersOfMany(userids: string[], items: KeyData[]): Promise<void> {
      const data = { type: 'keydata', keydata: keydata(items) }
      for (let at = 0; at < userids.length; at += maxMembers) {
        const userid_list = userids.slice(at, at + maxMembers)
        await wecom.call('POST', 'agent/batch_set_workbench_data', { agentid: agentId, userid_list, data })
      }
    },
  }
}
