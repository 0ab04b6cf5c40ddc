export { appendDurably, removeDurably, replaceDurably } from './durable.js';
export {
  isOpenToOthers,
  isOurs,
  openPrivateFile,
  type Exposure,
  PrivateFileError,
} from './private-file.js';
