import { contentTypeOf, type ResultFile } from '../media/file';

/** A file that was made, and where it can be fetched. */
export interface MadeFile {
	file: ResultFile;
	url: string;
}

/** A file in the form that the answers have which say most of it. */
export const describeFile = ({ url, file }: MadeFile) => ({
	url,
	content_type: contentTypeOf(file),
	file_name: `output.${file.extension}`,
	file_size: file.make().length,
});
