import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../run/operation';
import { storeFile } from './mediaItems';
import type { OutputFile } from './outputFiles';

/** A file for a binary field of an item: stored there, or why it couldn't be. */
export interface FieldFile {
	file: OutputFile;
	field: string;
	stored?: IBinaryData;
	problem?: string;
}

/**
 * Puts the files of an answer into one item: the first into the field that 'Put Output File in Field'
 * names, the others into `<field>_1` and so on. A file that can't be stored doesn't fail the item, since
 * the rest of the answer is paid for.
 */
export async function storeInFields(
	context: ItemContext,
	files: OutputFile[],
): Promise<{ files: FieldFile[]; binary?: IBinaryKeyData }> {
	const name = context.getOption('outputField', 'data') || 'data';
	const outcomes: FieldFile[] = [];
	for (const [index, file] of files.entries()) {
		const field = index === 0 ? name : `${name}_${index}`;
		const outcome = await storeFile(context, file, index).then(
			(stored) => ({ stored }),
			(error: unknown) => ({ problem: messageOf(context, error) }),
		);
		outcomes.push({ file, field, ...outcome });
	}
	const stored = outcomes.flatMap(({ field, stored }) =>
		stored ? [[field, stored] as const] : [],
	);
	return { files: outcomes, ...(stored.length && { binary: Object.fromEntries(stored) }) };
}

/** As in a failed item, without secrets. */
function messageOf(context: ItemContext, error: unknown): string {
	const { message } = context.toFailedItem(error).json.error as IDataObject;
	return String(message);
}
