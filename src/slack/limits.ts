import type { ChatLimits } from '../commands/chat.js'

/** Limits of Block Kit, in UTF-16 units (docs.slack.dev, reference/block-kit and reference/views). */
export const slackLimits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** Titles and buttons of a modal. */
  viewTitle: 24,
  header: 150,
  /** The text of a section, as mrkdwn. */
  section: 3000,
  /** Elements of one actions block. */
  actions: 25,
  /** Options of an overflow menu. */
  overflow: 5,
  actionId: 255,
  buttonLabel: 75,
  buttonValue: 2000,
  confirm: { title: 100, text: 300, button: 30 },
  inputLabel: 2000,
  inputText: 3000,
  placeholder: 150,
  options: 100,
  optionLabel: 75,
  /** The reference says 150, Slack's own types 75. */
  optionValue: 75,
  checkboxes: 10,
  /** Rows of a data_table, and of one of its pages. */
  tableRows: 100,
  /** Files of one file_input, and the size of each in bytes. */
  formFiles: 10,
  formFileBytes: 10 * 1024 * 1024,
} satisfies ChatLimits & Record<string, unknown>
