/** Sentences of `account`. */
export const accountCli = {
  needEmail: 'Xin ghi e-mail, ví dụ: npm run thidua -- account show khanhnv@truong.edu.vn',
  nobody: (email: string) => `Không có ai trong danh sách với e-mail “${email}”.`,
  none: (name: string) => `${name} chưa gắn với tài khoản nào.`,
  line: (name: string, platform: string, id: string, at: string) => `${name}: ${platform} ${id}, gắn lúc ${at}`,
  released: (name: string, n: number) =>
    `Đã bỏ gắn ${n} tài khoản của ${name}. Tài khoản chính thức nào có e-mail này dùng Thi đua kế tiếp sẽ được gắn.`,
}
