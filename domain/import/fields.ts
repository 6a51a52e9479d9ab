import type { Words } from './guess-columns.js'
import type { Field } from './import.contract.js'
import { isNothing, readDay, readMoney, readPhones, readTier } from './read-values.js'

const HEADERS: Record<Field, string[]> = {
  company: [
    '公司',
    '公司名称',
    '客户',
    '客户名称',
    '客户名',
    '单位',
    '单位名称',
    '企业名称',
    '门店',
    '店名',
    '往来单位',
    '购货单位',
    '客户全称',
    'company',
    'customer',
  ],
  contact: ['联系人', '姓名', '联系人姓名', '收货人', '负责人', '经办人', '老板', 'contact', 'name'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系电话', '电话号码', '联系方式', '移动电话', 'phone', 'mobile', 'tel'],
  owner: [
    '归属',
    '业务员',
    '销售',
    '跟进人',
    '所属销售',
    '销售员',
    '客户经理',
    '归属人',
    '负责销售',
    '专管业务员',
    'owner',
    'sales',
  ],
  tier: ['等级', '客户等级', '级别', '客户级别', '分级', '类别', 'tier', 'level'],
  lastOrderOn: [
    '最后进货',
    '最近进货',
    '最后进货日期',
    '最近下单',
    '最后下单',
    '上次进货',
    '最近交易',
    '最后交易日期',
    '最近一次下单',
    '最后成交',
    '最近成交',
    'last order',
  ],
  owed: ['欠款', '应收', '应收款', '应收余额', '未收款', '欠款金额', '应收账款', '余额', '尾款', 'owed', 'balance'],
}

export const FIELDS = Object.keys(HEADERS) as Field[]

/** How lists of customers are understood. `colleagues`: their names. */
export function customerWords(colleagues: string[]): Words<Field> {
  const names = new Set(colleagues)
  return {
    headers: HEADERS,
    // 「客户联系人」 is a contact, 「客户等级」 a tier.
    bySureness: ['phone', 'owner', 'tier', 'lastOrderOn', 'owed', 'contact', 'company'],
    // 「客户编号」 and 「客户地址」 are no customers.
    never: /编号|编码|代码|地址|备注|来源|类型|区域|地区|税号|邮箱|传真|生日|id$/,
    // 「类别」 with 零售 and 批发 in it is no tier of ours.
    readable: [
      ['tier', (cell) => readTier(cell) !== null],
      ['lastOrderOn', (cell) => readDay(cell) !== null],
      ['owed', (cell) => readMoney(cell) !== null || isNothing(cell)],
    ],
    looks: [
      ['phone', (cell) => readPhones(cell).phones.length > 0],
      ['lastOrderOn', (cell) => readDay(cell) !== null],
      ['tier', (cell) => readTier(cell) !== null],
      ['owner', (cell) => names.has(cell)],
      ['company', (cell) => /(?:公司|厂|店|行|中心|部|集团|经营部|五金|机电|建材|贸易)$/.test(cell)],
      ['contact', (cell) => /^\p{Script=Han}{2,4}$/u.test(cell)],
    ],
    bareOnly: ['contact'],
  }
}
