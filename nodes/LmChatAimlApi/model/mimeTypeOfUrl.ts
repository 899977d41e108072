import { mimeTypeOfName } from '../../shared/mimeTypes';

/** The MIME type for the extension in a URL, whose query or fragment is ignored. */
export const mimeTypeOfUrl = (url: string): string | undefined =>
	mimeTypeOfName(url.split(/[?#]/, 1)[0]);
