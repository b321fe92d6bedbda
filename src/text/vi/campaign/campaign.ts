/** A campaign as it is named where several run. */
type Named = { number: string; title: string } | undefined

export const campaign = {
  here: (number: string, title: string) => `Phong trào: ${title} (Kế hoạch ${number})`,
  other: (name: string) => `Phong trào khác: ${name}`,
  /** After a heading, in a line of its own; empty where only one campaign runs. */
  below: (of: Named): string => (of ? `\nKế hoạch ${of.number}: ${of.title}` : ''),
  /** After a name in a line; empty where only one campaign runs. */
  after: (of: Named): string => (of ? ` (Kế hoạch ${of.number})` : ''),
}
