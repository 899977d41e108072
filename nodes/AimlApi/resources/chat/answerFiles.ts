import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { typeOfFormat, type AnswerFile } from '../../../shared/chat/answerFiles';
import { isRecord } from '../../../shared/json';
import { describeFile, storeFile } from '../../media/mediaItems';
import type { ItemContext } from '../../run/operation';

/** The files of an answer: their descriptions and binary data. */
export interface StoredFiles {
	files?: IDataObject[];
	binary?: IBinaryKeyData;
}

/**
 * Puts the files of an answer into n8n's store. The first goes to the field that 'Put Output File in
 * Field' names, the others to `<field>_1` and so on. One that cannot be had is told with its address
 * and the reason, since the rest of the answer is paid for.
 *
 * @param request says in which format speech was asked for: raw samples do not tell it themselves
 */
export async function storeAnswerFiles(
	context: ItemContext,
	made: AnswerFile[] | undefined,
	request: Record<string, unknown>,
): Promise<StoredFiles> {
	if (!made) return {};
	const name = context.getOption('outputField', 'data') || 'data';
	const spoken = isRecord(request.audio) ? typeOfFormat(String(request.audio.format)) : '';
	const files: IDataObject[] = [];
	const binary: IBinaryKeyData = {};
	for (const [index, file] of made.entries()) {
		const field = index === 0 ? name : `${name}_${index}`;
		const told = { ...file, mimeType: file.mimeType || spoken };
		await storeFile(context, told, index).then(
			(stored) => {
				binary[field] = stored;
				files.push({ ...describeFile(file, stored), binaryField: field });
			},
			(error: Error) => void files.push({ ...describeFile(file, undefined), error: error.message }),
		);
	}
	return { files, ...(Object.keys(binary).length && { binary }) };
}
