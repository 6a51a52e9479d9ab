/** Where an administrator finds the value of a setting. */
const places: Record<string, string> = {
  PUBLIC_URL: '填大家打开不漏的网址，例如 https://bulou.example.com，域名要和应用的可信域名一样',
  SESSION_SECRET: '用 openssl rand -base64 32 生成一个，填进去',
  DATA_KEY: '用 openssl rand -base64 32 生成一个，填进去，以后不要再换',
  CALLS_HOOK_SECRET: '用 openssl rand -base64 32 生成一个，两边（不漏和电话系统）填一样的',
  WECOM_CORP_ID: '到管理后台「我的企业 → 企业信息」最下面复制企业ID',
  WECOM_AGENT_ID: '到管理后台「应用管理 → 自建 → 应用详情」复制 AgentId',
  WECOM_SECRET: '到管理后台「应用管理 → 自建 → 应用详情」查看 Secret',
  WECOM_TOKEN: '到管理后台「应用详情 → 接收消息 → 设置API接收」点随机获取，复制 Token',
  WECOM_AES_KEY: '到管理后台「应用详情 → 接收消息 → 设置API接收」点随机获取，复制 EncodingAESKey',
  WECOM_ADMINS: '到管理后台「通讯录」点开自己，把账号（userid）填进去，几个人用逗号隔开',
  WECOM_ARCHIVE_TOKEN: '到管理后台「管理工具 → 聊天内容存档 → 接收事件」复制 Token',
  WECOM_ARCHIVE_AES_KEY: '到管理后台「管理工具 → 聊天内容存档 → 接收事件」复制 EncodingAESKey',
  WECOM_ARCHIVE_KEYS: '写成 {"1":"-----BEGIN PRIVATE KEY-----\\n…"}，数字是后台显示的公钥版本号',
  DINGTALK_CORP_ID: '到钉钉开发者后台首页（右上角组织名下面）复制 CorpId',
  DINGTALK_CLIENT_ID: '到钉钉开发者后台「企业内部应用 → 这个应用 → 凭证与基础信息」复制 Client ID（原 AppKey）',
  DINGTALK_CLIENT_SECRET: '到钉钉开发者后台「企业内部应用 → 这个应用 → 凭证与基础信息」复制 Client Secret（原 AppSecret）',
  DINGTALK_AGENT_ID: '到钉钉开发者后台「企业内部应用 → 这个应用 → 凭证与基础信息」复制 AgentId',
  DINGTALK_TOKEN: '到钉钉开发者后台「这个应用 → 事件订阅 → HTTP 推送」复制签名 Token；用 Stream 模式就不用填',
  DINGTALK_AES_KEY: '到钉钉开发者后台「这个应用 → 事件订阅 → HTTP 推送」复制加密 aes_key；用 Stream 模式就不用填',
  DINGTALK_ADMINS: '到钉钉管理后台「通讯录」点开自己，把 userid 填进去，几个人用逗号隔开',
  VERIFY_FILES: '写成 {"WW_verify_xxx.txt":"文件里的内容"}，文件名和内容以后台下载的为准',
  WECOM_GROUP_WEBHOOKS: '写成 {"群名":"推送地址"}，地址在群的「消息推送」里',
}

export const placeOf = (name: string): string => places[name] ?? '对照 .env.example 里这一行上面的说明改好'
