import { isRecord, tryParse, tryStringify } from '../../../shared/json';

/** A result of a batch: `{custom_id, result: {type, message | error}}`. */
export type BatchLine = Record<string, unknown>;

/** A result, or what stands in its place and is none. */
export type ResultLine =
	| { result: BatchLine; text?: undefined }
	| { result?: undefined; text: string };

/**
 * The results of a batch, one for each request: as JSON Lines, as the API documents it, or as a list.
 * What cannot be read stays in its place and takes no other with it.
 *
 * @returns `undefined` while the answer has no result, but tells how the batch goes
 */
export function parseResultLines(text: string): ResultLine[] | undefined {
	const plain = text.replace(/^\uFEFF/, '');
	const whole = tryParse(plain);
	const lines =
		whole === undefined
			? plain
					.split('\n')
					.filter((line) => line.trim() !== '')
					.map((line) => toLine(tryParse(line), line))
			: entriesOf(whole).map((entry) => toLine(entry));
	return lines.some(({ text: unreadable }) => unreadable === undefined) ? lines : undefined;
}

const toLine = (value: unknown, line?: string): ResultLine =>
	isResult(value) ? { result: value } : { text: line ?? tryStringify(value) };

function entriesOf(whole: unknown): unknown[] {
	if (Array.isArray(whole)) return whole;
	const lists = isRecord(whole) ? [whole.data, whole.results] : [];
	return lists.find(Array.isArray) ?? [whole];
}

const isResult = (value: unknown): value is BatchLine =>
	isRecord(value) && ('custom_id' in value || (isRecord(value.result) && 'type' in value.result));
