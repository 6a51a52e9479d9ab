/** The demo's script: what a first visitor could say as each customer, one click each. */
const lines: Record<string, string[]> = {
  wmRenji: ['交期改成下周五吧，数量加到300套', '再加50套空心钉，一起送', '院里预算砍了，总价要压到8万以内'],
  wmHuaqiang: ['M10的改成500套，下周四能到吗', '老弟，别家报价比你低两毛', '先别发货，型号我再确认一下'],
  wmRenjiWu: ['那先加 20 把 2.7 的钻头，跟钢板一起送', '7 孔的改成 8 孔行不行', '参数表收到了，没问题'],
  wmRenjiFang: ['下周三手术要用，周二前能到吗', '送到的时候打我电话'],
  wmJinhai: ['六角螺栓再加20箱，下周三前送到', '账期能不能改成月结45天', '刚才说的加货先不要了'],
}
const anyCustomer = ['数量加到300套，下周五前能到吗', '价格再便宜一点，我们就定了', '收到，谢谢']
const asRep = ['好的，我马上确认一下，今天给您答复', '这个数量没问题，交期我跟工厂落实']

/** Who answers the first question of the story, until the cards say so themselves. */
export const storyAnswerer = '赵强'

export const linesFor = (externalUserId: string, speaker: 'customer' | 'rep') =>
  speaker === 'rep' ? asRep : (lines[externalUserId] ?? anyCustomer)
