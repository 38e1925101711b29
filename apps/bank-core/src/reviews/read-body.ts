export { FILE_BODY, FileBodies, readFileBody } from '#libs/platform';
