export const campaign = {
  here: (number: string, title: string) => `Phong trào đang xem: ${title} (Kế hoạch ${number})`,
  other: (name: string) => `Phong trào khác: ${name}`,
}
