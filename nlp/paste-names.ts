/** Before a colon these name a thing, not a person: 「数量：300套」. */
export const NOT_A_NAME =
  /数量|交期|交货|地址|电话|手机|规格|型号|材质|颜色|尺寸|预算|单价|总价|价格|金额|合计|备注|联系|收货|收件|开户|账号|税号|抬头|发票|名称|品名|产品|项目|时间|日期|付款|账期|物流|快递|运费|包装|要求|说明|注意|问题|原因|方案|单位|品牌|订单|合同|编号|单号|链接|附件|图片|另外|还有|如下|所以|但是|首先|其次|最后|总之|比如|例如|结论|建议|回复|请问|您好|你好|https?|更正|改为|改成|变更|以下|明细|清单|第[一二三四五六七八九十\d]/

/** Words of which a sentence is made and a name is not: 「送货改到 11/20 14:00」 is no name line. */
const SENTENCE = /[改到送交约等是要在前可吧了吗呢把给]|发货|安排|开会|最晚|之后|预计|定在/

const TITLED =
  /^(?:\p{Script=Han}{1,3}(?:主任|经理|老板|总|工|老师|姐|哥|院长|医生|科长|处长|校长|先生|女士|小姐|师傅|叔|阿姨|部长|厂长|会计|采购|助理|客服|销售)|(?:小|老|阿)\p{Script=Han}|.{1,20}[@（(].+)$/u
const SURNAMED =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文])\p{Script=Han}{1,2}$/u

export const looksLikeName = (name: string): boolean => TITLED.test(name) || SURNAMED.test(name)

/** A name line with a time may show any nickname, but not half a sentence. */
export const mayBeNickname = (name: string): boolean =>
  looksLikeName(name) || (name.length <= 20 && !SENTENCE.test(name) && !NOT_A_NAME.test(name))
