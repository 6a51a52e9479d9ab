import { appPage, archivePage } from './check.js'

/** What an error code of a call with the app's secret means to whom, and where it is mended. */
export const asApp = (path: string) => ({
  path,
  secret: { name: 'WECOM_SECRET', page: appPage },
  trusted: `${appPage}的「企业可信IP」`,
})

/** 会话内容存档 has a secret and a list of addresses of its own. */
export const asArchive = (path: string) => ({
  path,
  secret: { name: 'WECOM_ARCHIVE_SECRET', page: archivePage },
  trusted: `${archivePage}的「可信IP」`,
})
