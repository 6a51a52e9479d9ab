import { normalize } from '../normalize.js'
import { remember } from '../remember.js'

const COLOUR =
  /^(?:深|浅|亮|哑光|哑|磨砂|大|藏|米|天|宝|墨|草|玫瑰|香槟|暖|冷|雾|象牙|奶|乳|酒|枣|军|湖|孔雀|高级|银|亚光|珠光|枪|太空|烟|古铜|纯|正)?(?:红|黑|白|灰|蓝|绿|黄|银|金|紫|棕|粉|咖啡|咖|橙|青|褐|原木|本|透明|彩|木|胡桃木?|卡其|杏|驼|橡木|橡|樱桃|香槟|古铜|裸|玫红)色?$/
const MATERIAL =
  /不锈钢|碳钢|合金钢|合金|镀锌|热镀锌|达克罗|发黑|铝|黄铜|紫铜|铜|尼龙|塑料|塑钢|橡胶|硅胶|钛|陶瓷|玻璃|实木|板材|真皮|布艺|网布|皮质|纯棉|棉|涤纶|丝|羊毛|牛皮|PVC|PPR|PET|PE|PP|PU|PC|TPU|EVA|EPE|ABS|铸铁|木|纸|进口|国产|医用级|食品级|工业级|防水|阻燃|防火|加厚|加长|加宽|带锁|无线|有线|氟胶|丁腈|三元乙丙|硅酮|橡塑|烤漆|拉丝|喷塑|喷漆|电镀|镀铬|镀镍|镀金|沉金|喷锡|贴皮|密度板|颗粒板|生态板|岩板|大理石|石英石|人造石|防火板|科技布|绒|亚麻|麻布|帆布|牛津|钢化|夹胶|[双三]玻|铜版|白卡|灰板|[哑亮]膜|覆膜|烫金|烫银|普通|加强|标准|精装|简装|平装|胶装|骑马钉|静音|变频|定频|手动|电动|气动|涡轮|全自动|半自动|沉头|圆头|盘头|左开|右开|默克|高配|低配|旗舰|专业版|企业版|基础版/

const UNIT_WORDS: [RegExp, string][] = [
  [/(?<=\d)\s?(?:公斤|千克)/g, 'kg'],
  [/(?<=\d)\s?毫升/g, 'ml'],
  [/(?<=\d)\s?升/g, 'l'],
  [/(?<=\d)\s?克/g, 'g'],
  [/(?<=\d)\s?毫米/g, 'mm'],
  [/(?<=\d)\s?厘米/g, 'cm'],
]

/** Looked for once before the pairs are tried. */
const MAYBE_UNIT = /\d\s?[公千毫升克厘]/

/** The words without their numbers: two sizes of one shape (M8*30, M8*40; 7孔, 9孔; 304, 201) stand for each other. */
export const shapeOf = remember(256, (words): string | null => {
  const said = normalize(words)
  const text = (MAYBE_UNIT.test(said) ? UNIT_WORDS.reduce((out, [unit, sign]) => out.replace(unit, sign), said) : said)
    .replace(/\s+/g, '')
    .replace(/的$/, '')
    .toLowerCase()
    .replace(/x/g, '*')
  if (text === '' || text.length > 16) return null
  if (COLOUR.test(text)) return 'colour'
  if (/^(?:x{0,3}[sml]|\d{2,3}|均|大|中|小|加大|特大)[码号]$|^x{0,3}[sml]$/.test(text)) return 'size'
  if (/版$|款$|型$/.test(text) && text.length <= 8) return text.slice(-1)
  if (/\d/.test(text)) return text.replace(/\d+(?:\.\d+)?/g, '0').replace(/[一-龥]{3,}/g, '')
  const split = /^[一二两三四五六八\d]([出控拖分])[一二两三四五六八\d]$/.exec(text)
  if (split) return `0${split[1]}0`
  const counted = /^([一二两三四五六七八九十]{1,2})(孔|芯|寸|室|居|层|人位|人|开|门|座|厅)/.exec(text)
  if (counted) return `0${counted[2]}`
  const plural = /^[单双三四多两](通道|面|层|头|门|开|槽|杆|屏|卡|色|排|仓|抽|口|核|联|轴|机位|人位)$/.exec(text)
  if (plural) return `0${plural[1]}`
  if (MATERIAL.test(text) && text.length <= 8) return 'material'
  return null
})

/** The part of these words that has the shape: the 304 in 「304 六角螺栓」. */
export function findShape(words: string, shape: string): string | null {
  for (const part of words.split(/[\s,，/、;；|]+/))
    if (part !== '' && (shapeOf(part) === shape || shapeOf(/^\d+(?:\.\d+)?[a-zA-Z]+/.exec(part)?.[0] ?? '') === shape))
      return part
  return shapeOf(words) === shape ? words : null
}
