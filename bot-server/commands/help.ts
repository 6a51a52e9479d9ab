import { loadDir } from '../../lib/load-dir.js'
import { type Command, defineCommand } from '../define.js'

export default defineCommand({
  name: 'help',
  says: ['帮助', '菜单', '?', '？'],
  help: '看看我能做什么',
  async run(ctx) {
    const commands = [...(await loadDir<Command>(new URL('./', import.meta.url))).values()]
    await ctx.sayOpenly(
      [
        '你可以对我说：',
        ...commands.map((command) => `· ${command.says[0]}${command.about === 'customer' ? ' 客户名' : ''}：${command.help}`),
        '不用照着说，平常怎么说就怎么说。',
        '',
        ctx.platform === 'wecom'
          ? '客户改了需求？在聊天侧边栏点「捕获需求变更」，或者把他的话转给我。'
          : '客户改了需求？把他的话转给我，或者在工作台打开不漏粘贴。',
        ...(ctx.actor.roles.includes('admin') ? ['', `听懂了什么、为什么：${ctx.pageUrl('/h5/admin/findings')}`] : []),
      ].join('\n'),
    )
  },
})
