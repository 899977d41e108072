import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { typeOfFormat, type AnswerFile } from '../../../shared/chat/answerFiles';
import { isRecord } from '../../../shared/json';
import { storeInFields } from '../../media/fileFields';
import { describeFile } from '../../media/mediaItems';
import type { ItemContext } from '../../run/operation';

/** The files of an answer: their descriptions and binary data. */
interface StoredFiles {
	files?: IDataObject[];
	binary?: IBinaryKeyData;
}

/**
 * Puts the files of an answer into n8n's store. A file that can't be stored is described with the error.
 *
 * @param request for the format of speech, which raw audio samples don't contain
 */
export async function storeAnswerFiles(
	context: ItemContext,
	made: AnswerFile[] | undefined,
	request: Record<string, unknown>,
): Promise<StoredFiles> {
	if (!made) return {};
	const spoken = isRecord(request.audio) ? typeOfFormat(String(request.audio.format)) : '';
	const typed = made.map((file) => ({ ...file, mimeType: file.mimeType || spoken || undefined }));
	const { files, binary } = await storeInFields(context, typed);
	const described = files.map(({ file, field, stored, problem }) => ({
		...describeFile(file, stored),
		...(stored ? { binaryField: field } : { error: problem }),
	}));
	return { files: described, binary };
}
