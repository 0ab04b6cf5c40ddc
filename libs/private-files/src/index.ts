export { appendDurably, removeDurably, replaceDurably, type ReplaceOptions } from './durable.js';
export {
  isOpenToOthers,
  isOurs,
  openPrivateFile,
  type Exposure,
  PrivateFileError,
} from './private-file.js';
