export const campaign = {
  here: (number: string, title: string) => `Phong trào: ${title} (Kế hoạch ${number})`,
  other: (name: string) => `Phong trào khác: ${name}`,
}
