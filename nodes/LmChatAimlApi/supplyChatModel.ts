import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';
import { toCacheTtl } from '../shared/chat/promptCaching';
import { DEFAULT_CHAT_TIMEOUT } from '../shared/transport/options';
import { createSubNodeClient } from '../shared/transport/subNodeClient';
import { chatModelFields } from './fields';
import { LangChainChatModel } from './langchain/LangChainChatModel';
import { runLog } from './langchain/runLog';
import type { ChatModelFields } from './model/chatBody';
import { AimlApiChatModel } from './model/chatModel';
import { extendAdapter } from './sdk/extendAdapter';
import { loadSdk } from './sdk/loadSdk';

/** Creates the chat model of an agent or chain, with the field values of one item. */
export async function supplyChatModel(
	context: ISupplyDataFunctions,
	itemIndex: number,
): Promise<SupplyData> {
	const sdk = await loadSdk();
	const model = new AimlApiChatModel({
		subNode: await createSubNodeClient(context, itemIndex, chatModelFields, DEFAULT_CHAT_TIMEOUT),
		fields: getFields(context, itemIndex),
		hint: (message) => context.addExecutionHints?.({ message, location: 'outputPane' }),
		storeFile: async (...file) => await storeFile(context, ...file),
	});
	if (!sdk) return { response: new LangChainChatModel(model, [runLog(context)]) };
	// The SDK has types from another version of n8n-workflow.
	const sdkContext = context as unknown as Parameters<typeof sdk.supplyModel>[0];
	const supplied = sdk.supplyModel(sdkContext, model);
	return { ...supplied, response: extendAdapter(supplied.response) };
}

/** n8n signs URLs only for data that it has stored, not for data in memory. */
async function storeFile(
	{ helpers }: ISupplyDataFunctions,
	bytes: Buffer,
	fileName: string,
	mimeType: string,
): Promise<string | undefined> {
	const stored = await helpers.prepareBinaryData(bytes, fileName, mimeType);
	return stored.id ? helpers.createBinarySignedUrl?.(stored, FILE_LIFETIME) : undefined;
}

/** How long the URL of a file in an answer works. */
const FILE_LIFETIME = '30d';

function getFields(context: ISupplyDataFunctions, itemIndex: number): ChatModelFields {
	const field = (name: string, otherwise: unknown) =>
		context.getNodeParameter(name, itemIndex, otherwise as string) as unknown;
	const mapped = field('modelParameters', {}) as { value?: unknown } | undefined;
	return {
		responseFormat: String(field('responseFormat', 'text')),
		schemaType: String(field('schemaType', 'fromJson')),
		jsonSchemaExample: field('jsonSchemaExample', ''),
		inputSchema: field('inputSchema', ''),
		modelParameters: mapped?.value,
		cacheTtl: toCacheTtl(field('options.promptCaching', 'off')),
		extraBody: field('options.extraBody', ''),
		olderExtraBody: field('extraBody', ''),
	};
}
