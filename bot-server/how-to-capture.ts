import type { ChatPlatform } from '../domain/person/person.contract.js'

/** What a rep does with a customer's words. DingTalk has no page beside a customer's chat, so there they are brought. */
export const howToCapture = (platform: ChatPlatform): string =>
  platform === 'wecom' ? '在聊天侧边栏点「捕获需求变更」，或者把他的话转给我' : '把他的话转给我，或者在工作台打开不漏粘贴'
