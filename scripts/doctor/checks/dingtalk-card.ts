import { randomUUID } from 'node:crypto'
import { type Check, look, ok } from '../check.js'
import { askingDingtalk } from '../dingtalk.js'

/**
 * Makes an instance of the template and delivers it to nobody: only so does the platform say whether the template is there
 * and published. One paid call. https://open.dingtalk.com/document/development/create-card
 */
const check: Check = {
  name: 'dingtalk-card',
  title: '钉钉卡片',
  run: askingDingtalk(async ({ api, config }) => {
    if (!config.cardTemplateId)
      return look(
        '没有填 DINGTALK_CARD_TEMPLATE_ID：提醒是带链接的消息，不能直接按按钮',
        '照指南第 5 部分做好卡片模板，把模板 ID 填进去',
      )
    const body = {
      cardTemplateId: config.cardTemplateId,
      outTrackId: `doctor-${randomUUID()}`,
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: '自检' } },
      imRobotOpenSpaceModel: { supportForward: false },
    }
    await api.call('POST', '/v1.0/card/instances', { body, reads: true })
    return ok('模板在，也发布了（没有发给任何人；按钮和变量对不对，要在钉钉里看一张真的）')
  }),
}
export default check
