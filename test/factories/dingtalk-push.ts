import { createHmac, randomBytes } from 'node:crypto'
import { prepareCallback } from '../../channels/dingtalk/crypto.js'
import { encrypt, type Seal, sign } from '../../channels/sealed/seal.js'

/** DingTalk of the test organisation, as its settings have it. */
export const dingtalkSettings = {
  DINGTALK_CORP_ID: 'dingb0100000000b0100',
  DINGTALK_CLIENT_ID: 'dingclient0100',
  DINGTALK_CLIENT_SECRET: 'dingtalk-secret-of-the-test',
  DINGTALK_AGENT_ID: '4000000002',
  DINGTALK_API_BASE: 'http://127.0.0.1:9',
  DINGTALK_OAPI_BASE: 'http://127.0.0.1:9',
  DINGTALK_TOKEN: 'mryue',
  DINGTALK_AES_KEY: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
  DINGTALK_CARD_SECRET: 'card-secret-of-the-test',
  DINGTALK_MODE: 'http',
}
export const dingtalkSeals = prepareCallback({
  token: dingtalkSettings.DINGTALK_TOKEN,
  aesKey: dingtalkSettings.DINGTALK_AES_KEY,
  clientId: dingtalkSettings.DINGTALK_CLIENT_ID,
  corpId: dingtalkSettings.DINGTALK_CORP_ID,
})

export type Push = { path: string; body: string; headers: Record<string, string> }
const json = { 'content-type': 'application/json', origin: '' }

/** An event as the platform sends it: each try is sealed anew, with its own chance. */
export function pushEvent(told: object | string, seal: Seal = dingtalkSeals[0]): Push {
  const sealed = encrypt(seal, typeof told === 'string' ? told : JSON.stringify(told), randomBytes(16))
  const parts = { timestamp: '1763690400000', nonce: randomBytes(4).toString('hex'), encrypt: sealed }
  const signature = sign(seal, parts)
  const query = new URLSearchParams({ signature, msg_signature: signature, timestamp: parts.timestamp, nonce: parts.nonce })
  return { path: `/callback/dingtalk?${query}`, body: JSON.stringify({ encrypt: sealed }), headers: json }
}

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64')

/** What somebody said to the robot, with what the platform has around it. */
export function pushRobot(changes: object, at: Date, secret = dingtalkSettings.DINGTALK_CLIENT_SECRET): Push {
  const timestamp = String(at.getTime())
  const message = {
    ...{
      conversationId: 'cidAlone',
      conversationType: '1',
      chatbotCorpId: dingtalkSettings.DINGTALK_CORP_ID,
      senderId: '$:L:$z',
    },
    ...{ senderNick: '赵强', msgId: randomBytes(9).toString('base64'), createAt: at.getTime(), msgtype: 'text' },
    ...{ robotCode: dingtalkSettings.DINGTALK_CLIENT_ID, sessionWebhookExpiredTime: at.getTime() + 5_400_000 },
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=s-1',
    ...changes,
  }
  const headers = { ...json, timestamp, sign: hmac(secret, `${timestamp}\n${secret}`) }
  return { path: '/callback/dingtalk/robot', body: JSON.stringify(message), headers }
}

type Pressing = { outTrackId: string; userId: string; action?: string; corpId?: string }

export function pushPress(pressing: Pressing, at: Date, secret = dingtalkSettings.DINGTALK_CARD_SECRET): Push {
  const timestamp = String(at.getTime())
  const { action = 'confirm-can', ...named } = pressing
  const body = JSON.stringify({
    ...{ type: 'actionCallback', corpId: dingtalkSettings.DINGTALK_CORP_ID, ...named },
    content: JSON.stringify({ cardPrivateData: { actionIds: ['b1'], params: { action } } }),
  })
  const headers = { ...json, 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': hmac(secret, timestamp) }
  return { path: '/callback/dingtalk/card', body, headers }
}
