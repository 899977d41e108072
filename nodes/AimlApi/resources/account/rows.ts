import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import { getLimit } from '../../run/limit';
import type { ItemContext } from '../../run/operation';

/** The most rows that the API gives in one page. */
const PAGE_SIZE = 100;

/** Where the next page begins: an offset or a cursor, by its name; `undefined` after the last. */
type Next = (page: Record<string, unknown>, offset: number) => Record<string, string> | undefined;

/**
 * Gets the pages of a list until there are as many rows as the user wants.
 *
 * @param isWanted leaves out rows that the API cannot filter itself
 * @throws InputError when 'Limit' is not valid; ApiError when an answer is no page
 */
export async function getRows(
	context: ItemContext,
	path: string,
	query: Record<string, string>,
	next: Next,
	isWanted: (row: IDataObject) => boolean = () => true,
): Promise<IDataObject[]> {
	const limit = getLimit(context, 'results');
	const rows: IDataObject[] = [];
	let read = 0;
	let position: Record<string, string> | undefined = {};
	while (position && rows.length < limit) {
		const response = await context.get(path, { ...query, limit: String(PAGE_SIZE), ...position });
		const page = response.json;
		if (!isRecord(page) || !Array.isArray(page.data)) {
			throw new ApiError(unexpectedResponseError(response, 'data'));
		}
		const found = (page.data as unknown[]).filter(isRecord) as IDataObject[];
		rows.push(...found.filter(isWanted));
		read += found.length;
		const pagination = isRecord(page.pagination) ? page.pagination : {};
		// An API that says there is more and gives nothing would be asked for ever.
		position = pagination.has_more === true && found.length ? next(pagination, read) : undefined;
	}
	return rows.slice(0, limit);
}

/** The tokens of a row of the API's books, by the node's names; nothing where it has none. */
export const toTokens = (tokens: unknown): IDataObject =>
	isRecord(tokens)
		? ({
				inputTokens: tokens.input,
				outputTokens: tokens.output,
				totalTokens: tokens.total,
			} as IDataObject)
		: {};
