import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { parseText } from '../../../shared/parameters/textField';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import { getLimit } from '../../run/limit';
import type { ItemContext } from '../../run/operation';
import { isSimplified } from '../../run/simplify';

type Query = Record<string, string>;

/** A list of the API and how its rows become items. */
interface RowList {
	path: string;
	query: Query;
	/** The query of the next page: an offset or a cursor, by its name; `undefined` for no more. */
	nextPage(pagination: Record<string, unknown>, offset: number): Query | undefined;
	/** Leaves out rows that the API can't filter itself. */
	isWanted?(row: IDataObject): boolean;
	/** The JSON of an item with 'Simplify'. */
	toJson(row: IDataObject): IDataObject;
}

/** The most rows that the API returns in one page. */
const PAGE_SIZE = 100;

/**
 * Gets the pages of a list until there are as many rows as the user wants.
 *
 * @returns an item for each row
 * @throws InputError when 'Limit' is invalid; ApiError when a response isn't a page
 */
export async function getRowItems(
	context: ItemContext,
	{ path, query, nextPage, isWanted = () => true, toJson }: RowList,
): Promise<INodeExecutionData[]> {
	const limit = getLimit(context, 'results');
	const rows: IDataObject[] = [];
	let offset = 0;
	let position: Query | undefined = {};
	while (position && rows.length < limit) {
		const response = await context.get(path, { ...query, limit: String(PAGE_SIZE), ...position });
		const page = response.json;
		if (!isRecord(page) || !Array.isArray(page.data)) {
			throw new ApiError(unexpectedResponseError(response, 'data'));
		}
		rows.push(...(page.data.filter(isRecord) as IDataObject[]).filter(isWanted));
		offset += page.data.length;
		const pagination = isRecord(page.pagination) ? page.pagination : {};
		// An empty page is the last one, even if the API says that there are more.
		const hasMore = pagination.has_more === true && page.data.length > 0;
		const next = hasMore ? nextPage(pagination, offset) : undefined;
		// A cursor that stays the same would lead to this page again, without end.
		position = JSON.stringify(next) === JSON.stringify(position) ? undefined : next;
	}
	const isSimple = isSimplified(context);
	return rows.slice(0, limit).map((row) => ({ json: isSimple ? toJson(row) : row }));
}

/**
 * The filters that are set, as a query.
 *
 * @param labels display names of the filters, by name
 * @throws InputError for an object or a list
 */
export function toFilterQuery(filters: Record<string, unknown>, labels: Query): Query {
	const texts = Object.entries(labels).map(
		([name, label]) => [name, parseText(filters[name], label).trim()] as const,
	);
	return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** The token counts of a row, under the node's names; empty if the row has none. */
export const toTokens = (tokens: unknown): IDataObject =>
	isRecord(tokens)
		? ({
				inputTokens: tokens.input,
				outputTokens: tokens.output,
				totalTokens: tokens.total,
			} as IDataObject)
		: {};
