import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { toOlderField } from '../../../shared/descriptions/olderField';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord, tryParse } from '../../../shared/json';
import { DOCUMENTS } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { parseCost, type Cost } from '../../../shared/transport/usage';
import { fileToReadField } from '../../descriptions/files';
import { outputFieldOption } from '../../descriptions/mediaOptions';
import { commonModelFields, createModelOptions } from '../../descriptions/modelFields';
import { storeInFields, type FieldFile } from '../../media/fileFields';
import { mediaOperation } from '../../media/mediaOperation';
import type { OutputFile } from '../../media/outputFiles';
import { getMovedField, type ItemContext } from '../../run/operation';
import { simplify } from '../../run/simplify';
import { parsePages, type Page } from './pages';

const splitPagesOption: INodeProperties = {
	displayName: 'Split Pages',
	name: 'splitPages',
	type: 'boolean',
	default: false,
	description: 'Whether to return one item per page instead of a single item',
};

const splitPagesField = toOlderField(splitPagesOption);

/** Fields of 'Extract Text'. */
export const extractTextFields: INodeProperties[] = [
	modelField,
	{ ...fileToReadField, description: 'The document or image to read' },
	...commonModelFields,
	splitPagesField,
	createModelOptions(splitPagesOption, {
		...outputFieldOption,
		hint: 'The name of the output binary field for the first image in the document. Further images get a number.',
	}),
];

/** POST /v1/ocr: the text as Markdown, in one item or one per page, with images as files. */
export const extractText = mediaOperation({
	endpoint: DOCUMENTS,
	defaults: {
		pages: { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'object' }] },
		include_image_base64: { type: 'boolean' },
	},
	async toItems(context, response, metadata) {
		const cost = parseCost(response.json, response);
		context.addCost(cost);
		return await simplify(
			context,
			response,
			async () => await toTextItems(context, response, cost, metadata),
		);
	},
});

async function toTextItems(
	context: ItemContext,
	response: ApiResponse,
	cost: Cost | undefined,
	metadata: IDataObject,
): Promise<INodeExecutionData[]> {
	const pages = parsePages(response.json);
	if (!pages.length) throw new ApiError(unexpectedResponseError(response, 'page'));
	const annotation = parseAnnotation(response.json);
	const about = { model: context.model, id: response.requestId, ...metadata };
	const first = { ...(annotation !== undefined && { annotation }), ...(cost && { cost }) };
	const texts = getMovedField(context, 'splitPages', false) ? pages.map(asPage) : [joined(pages)];
	return await Promise.all(
		texts.map(async ({ json, images }, index) => {
			const { files, binary } = await storeInFields(context, images);
			const failedImages = files.flatMap(toFailedImage);
			const failed = failedImages.length ? { failedImages } : {};
			return {
				json: { ...json, ...about, ...(index === 0 && first), ...failed } as IDataObject,
				...(binary && { binary }),
			};
		}),
	);
}

interface TextItem {
	json: IDataObject;
	images: OutputFile[];
}

const asPage = ({ text, index, images }: Page): TextItem => ({
	json: { text, page: index + 1 },
	images,
});

const joined = (pages: Page[]): TextItem => ({
	json: { text: pages.map(({ text }) => text).join('\n\n'), pages: pages.length },
	images: pages.flatMap(({ images }) => images),
});

const toFailedImage = ({ file: { url }, problem }: FieldFile, index: number): IDataObject[] =>
	problem === undefined ? [] : [{ index, message: problem, ...(url && { url }) }];

/** The annotation of the document, which is JSON in a string. */
function parseAnnotation(body: unknown): unknown {
	const annotation = isRecord(body) ? body.document_annotation : undefined;
	if (typeof annotation !== 'string') return annotation ?? undefined;
	const parsed = tryParse(annotation);
	return parsed === undefined ? annotation : parsed;
}
