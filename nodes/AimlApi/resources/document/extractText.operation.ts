import {
	type IBinaryKeyData,
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import {
	extraBodyField,
	extraBodyOption,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import {
	costLimitOption,
	executionCostLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRateLimitWaitOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	simplifyOption,
	timeoutOption,
} from '../../../shared/descriptions/options';
import { toOlderField } from '../../../shared/descriptions/olderField';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord, tryParse } from '../../../shared/json';
import { DOCUMENTS } from '../../../shared/models/endpoints';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { ApiResponse } from '../../../shared/transport/apiResponse';
import { parseCost, type Cost } from '../../../shared/transport/usage';
import { filesField } from '../../descriptions/files';
import { outputFieldOption } from '../../descriptions/mediaOptions';
import { storeFile } from '../../media/mediaItems';
import { sendMediaRequest } from '../../media/mediaRequest';
import type { OutputFile } from '../../media/outputFiles';
import { getMovedField, type ItemContext, type Operation } from '../../run/operation';
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
	{
		...filesField,
		default: { values: [{ source: 'binary', binaryPropertyName: 'data', url: '', parameter: '' }] },
		description: 'The document or image to read',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	splitPagesField,
	{
		...modelOptionsField,
		options: [
			costLimitOption,
			executionCostLimitOption,
			extraBodyOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			maxRateLimitWaitOption,
			{
				...outputFieldOption,
				hint: 'The name of the output binary field for the first image in the document. Further images get a number.',
			},
			requestIdOption,
			simplifyOption,
			splitPagesOption,
			timeoutOption,
		],
	},
];

/** POST /v1/ocr: the text as Markdown, in one item or one per page, with images as files. */
export const extractText: Operation = {
	endpoint: DOCUMENTS,
	modelForm: {
		excludedProperties: ['model'],
		hasFiles: true,
		defaultSchema: {
			type: 'object',
			required: [],
			properties: {
				pages: { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'object' }] },
				include_image_base64: { type: 'boolean' },
			},
		},
	},
	async execute(context) {
		const { response, metadata } = await sendMediaRequest(context);
		const cost = parseCost(response.json, response);
		context.addCost(cost);
		return await simplify(
			context,
			response,
			async () => await toItems(context, response, cost, metadata),
		);
	},
};

async function toItems(
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
			const { binary, failedImages } = await storeImages(context, images);
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

/** The annotation of the document, which is JSON in a string. */
function parseAnnotation(body: unknown): unknown {
	const annotation = isRecord(body) ? body.document_annotation : undefined;
	if (typeof annotation !== 'string') return annotation ?? undefined;
	const parsed = tryParse(annotation);
	return parsed === undefined ? annotation : parsed;
}

/**
 * The images as binary fields: the first under the chosen name, the others with a number. An image that
 * can't be stored is listed in `failedImages` rather than failing the item, since the text is paid for.
 */
async function storeImages(
	context: ItemContext,
	images: OutputFile[],
): Promise<Pick<INodeExecutionData, 'binary'> & { failedImages: IDataObject[] }> {
	const field = context.getOption('outputField', 'data') || 'data';
	const binary: IBinaryKeyData = {};
	const failedImages: IDataObject[] = [];
	for (const [index, image] of images.entries()) {
		try {
			binary[index ? `${field}_${index}` : field] = await storeFile(context, image, index);
		} catch (error) {
			const { message } = context.toFailedItem(error).json.error as IDataObject;
			failedImages.push({ index, message, ...(image.url && { url: image.url }) });
		}
	}
	return { ...(Object.keys(binary).length && { binary }), failedImages };
}
