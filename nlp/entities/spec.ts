import type { SpecEntity } from './entity.js'

/** Names of sizes, grades and models, as they stand in orders for hardware, devices and electronics. */
const SPECS = [
  // M8*30, M10×80, Φ12*100, DN50, 4.8*19, 100*200*3
  /(?<![a-z\d.])(?:[mM]|[φΦØ]|DN|dn|PN|pn|NPT|[tT]r)\s?\d{1,4}(?:\.\d+)?(?:\s?[*xX]\s?\d+(?:\.\d+)?){0,3}(?:mm|cm)?(?![a-z\d%])/g,
  /(?<![a-z\d.])\d{1,5}(?:\.\d+)?(?:mm|cm|m|米|厘|公分)?\s?[*xX]\s?\d{1,5}(?:\.\d+)?(?:mm|cm|m|米|厘|公分)?(?:\s?[*xX]\s?\d{1,5}(?:\.\d+)?(?:mm|cm|m|米|厘|公分)?)?(?![a-z\d])/g,
  // 7孔, 十二孔, 3芯, 24口, 16英寸, 2.5平方(线), 4分管
  /(?:\d{1,3}(?:\.\d+)?|[一二两三四五六七八九十]{1,3})\s?(?:孔|芯|英寸|寸|目|丝|牙|齿|极|档|门|层(?!楼)|路|口(?!价|气|人|岸)|联|通道|英尺|匹马力|匹(?=空调|的))/g,
  /(?<![a-z\d.])(?:0-)?\d+(?:\.\d+)?\s?(?:mm|cm|um|μm|[kKmMgG]?[wW](?![a-z])(?=的|灯|电|功)|kw|KW|kW|[kK]?[vV](?![a-z\d])|[mM]?[aA]h?(?![a-z\d])|[hH]z|[gGtTmM][bB]?(?=内存|硬盘|的|$)|psi|MPa|mpa|bar|rpm|℃|°)/g,
  /(?<![\d.])\d+(?:\.\d+)?\s?(?:公分|厘米|毫米|瓦|伏|℃)(?![一-龥]{0,1}[*xX]\d)/g,
  // 两室一厅, 3居室
  /(?<!第)(?:\d|[一二两三四五六])(?:室(?:[一二两三\d]厅)?(?:[一二两三\d]卫)?|居室?|房一厅)/g,
  // 304, 316L, 201 材质; 8.8级, 12.9级; 二级能效
  /(?<![\d.a-z])(?:201|202|304|316[lL]?|321|430|2205|45#|Q235|Q345|6061|7075|HRB\d+|TC4|65[mM]n|40[cC]r)(?![\d.,]|\s?(?:[套个件箱盒包袋台把支只根条张片块卷米吨]|元|万|房|室|号楼))(?:不锈钢|钢|材质|的料|料)?/g,
  /(?<![\d.])(?:4\.8|5\.6|6\.8|8\.8|10\.9|12\.9)\s?级/g,
  /(?:深|浅|亮|哑光|磨砂|藏|米|天|宝|墨|玫瑰)?(?:红|黑|白|灰|蓝|绿|黄|银|金|紫|棕|粉|橙|咖啡|原木)色/g,
  /(?<![一-龥])(?:特大|加大|大|中|小)[号码](?![召称])|(?<=[成换要])(?:特大|加大|大|中|小)[号码]/g,
  // Model numbers: XG-200, LC1D09, iPhone 15
  /(?<![a-zA-Z\d])(?=[a-zA-Z\d-]*\d)[A-Z][A-Za-z]{0,6}-?\d{1,6}[A-Za-z]{0,3}(?:-[A-Za-z\d]{1,6})?(?![a-zA-Z\d%])/g,
  /(?<![a-zA-Z])(?:XXXL|XXL|XL|XS|[SML])(?=码|号|的)(?:码|号)?/g,
  /(?<!\d)\d{2}(?:\.5)?码/g,
  // 1:40, 0-2.5MPa, 191型, K型, 718H, 75D, 水平2, 0402 10K, RAL6021浅绿, 潘通286C蓝
  /(?:RAL|潘通|PANTONE|pantone)\s?\d{3,5}[A-Z]{0,2}(?:[浅深亮暗]?[红黄蓝绿白黑灰紫橙]色?)?/g,
  /(?<![\d:])1:\d{1,4}(?![\d:])/g,
  /(?<![a-zA-Z\d])[A-Z\d]{1,5}型(?!号|的?客)/g,
  /(?<![a-zA-Z\d.])\d{2,4}[A-HJ-Zd](?:\d{0,2})(?![a-zA-Z\d%])/g,
  /(?:水平|等级|版本|V|v)\s?\d(?:\.\d)?(?![\d套个件箱])/g,
]

/** A cheap look first. */
const WORTH = /[a-zA-Z*φΦØ分米瓦伏℃孔芯寸目丝牙齿极档门层路口联码级匹室居色号型通]|1:\d|201|202|304|316|430|2205/

export function readSpecs(text: string): SpecEntity[] {
  if (!WORTH.test(text)) return []
  const found: SpecEntity[] = []
  for (const pattern of SPECS) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index
      const to = from + match[0].length
      if (found.some((s) => from < s.to && s.from < to) || /^Q[1-4]$/i.test(match[0])) continue
      found.push({ kind: 'spec', from, to, words: match[0].trim() })
    }
  }
  return found.sort((a, b) => a.from - b.from)
}
