import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ApiErrorInfo } from '../../shared/errors/ApiError';
import type { Endpoint } from '../../shared/models/endpoints';
import type { ModelForm } from '../../shared/parameters/modelForm';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { StreamReader } from '../../shared/transport/client';
import type { Fallback } from '../../shared/transport/fallback';
import type { OpenFile, Readable } from '../../shared/transport/readable';
import type { Cost } from '../../shared/transport/usage';
import type { FileContent, FormBody } from './multipart';
import type { BatchOptions } from './requestBatcher';
import type { ResponseStream } from './responseStream';

/** An operation of the node: its endpoint, its model form, and what it does for one item. */
export interface Operation {
	endpoint: Endpoint;
	/** How 'Model Parameters' are made from the model's schema; absent for operations without a model. */
	modelForm?: ModelForm;
	/** Whether the chosen model can't have fallback models. */
	isModelFixed?: boolean;
	/** Whether items share requests, so they can't be processed one after the other. */
	batchesItems?: boolean;
	/** Whether an accepted request is charged even if its response gets lost. */
	startsPaidJob?: boolean;
	/** Default of 'Timeout' in seconds; 300 if absent. */
	timeout?: number;
	/** Whether the response may be a file or JSON Lines; otherwise it must be JSON. */
	acceptsAnyBody?: boolean;
	/** Finds an error in a response with HTTP 2xx; by default, any JSON without an error is valid. */
	checkResponse?(response: ApiResponse, model: string): ApiErrorInfo | undefined;
	/**
	 * Reads the item's fields, sends requests and returns the output items. The run policy handles errors
	 * and sets `pairedItem`, unless the operation links an item to several.
	 *
	 * @throws InputError, ApiError
	 */
	execute(context: ItemContext): Promise<INodeExecutionData[]>;
}

/** What an operation can use for one item. The run policy applies to all its requests. */
export interface ItemContext {
	/** Position of the item among those of the run, from 0. */
	readonly itemIndex: number;
	/** The model's ID; '' for an operation without a model. */
	readonly model: string;
	/** Set if this model is a fallback for the chosen one. */
	readonly fallback?: Fallback;
	/** Where the text is streamed to while the node runs; absent if n8n doesn't stream. */
	readonly responseStream?: ResponseStream;
	/** The value of a field for this item. @throws ExpressionError when its expression fails */
	getField<T>(name: string, otherwise: T): T;
	/** The value of an option for this item, or `otherwise` if the user hasn't added it. */
	getOption<T>(name: string, otherwise: T): T;
	/** A file of the item; `undefined` if it has no binary field of that name. */
	getBinary(name: string): BinaryFile | undefined;
	/** Names of the item's binary fields. */
	getBinaryNames(): string[];
	/** The model's request schema for this endpoint; `undefined` if it can't be loaded. */
	requestSchema(): Promise<ObjectSchema | undefined>;
	/**
	 * Sends a body, or none, to the operation's endpoint or to another path of the API.
	 *
	 * @throws ApiError unless the API accepts it
	 */
	send(body: Record<string, unknown> | FormBody | undefined, path?: string): Promise<ApiResponse>;
	/** Like `send`, but reads the response as server-sent events while they arrive. */
	stream(body: Record<string, unknown>, reader: StreamReader): Promise<ApiResponse>;
	/** Sends parts of a request together with those of other items. @throws like `send` */
	sendBatched<Part, Result>(parts: Part[], rules: BatchOptions<Part, Result>): Promise<Result[]>;
	/**
	 * Runs a task when the first of its kind in this run has succeeded; meanwhile other items go on.
	 * Throws what the task throws.
	 */
	afterFirst<T>(kind: string, task: () => Promise<T>): Promise<T>;
	/** The model's prices in the catalog, for `estimateUsd`; `undefined` for none. */
	pricing(): Promise<unknown>;
	/** Adds to the cost of the run, which 'Cost Limit' limits. */
	addCost(cost: Cost | undefined): void;
	/**
	 * Adds what a job cost to the cost of the execution.
	 *
	 * @param cost as the API reports it; estimated from the catalog if absent
	 * @param answer the response that says that the job has ended
	 */
	settleCost(jobId: string, cost: Cost | undefined, answer: ApiResponse): Promise<void>;
	/**
	 * GETs a path of the API, which is free and therefore always retried.
	 *
	 * @param isResult whether a response with HTTP 2xx is valid even if it reports an error
	 * @throws ApiError
	 */
	get(
		path: string,
		query: Record<string, string>,
		isResult?: (response: ApiResponse) => boolean,
	): Promise<ApiResponse>;
	/** Waits; rejects when the execution is canceled. */
	wait(seconds: number): Promise<void>;
	/** The URL of a link on the API's host. */
	toUrl(path: string): string;
	/** Downloads a file from a URL of the user, without the key. @throws ApiError */
	fetchFile(url: string): Promise<ApiResponse>;
	/**
	 * Opens a URL, without the key, for `use` to read. If the download breaks off it starts again, so `use`
	 * may be called more than once.
	 *
	 * @throws ApiError when the file can't be fetched; whatever else `use` throws
	 */
	withFile<T>(url: string, use: (file: OpenFile) => Promise<T>): Promise<T>;
	/** A failed item, for an input item that also has good results. */
	toFailedItem(error: unknown): INodeExecutionData;
	/** Puts a file into n8n's binary store; a stream is never in memory as a whole. */
	storeFile(content: Buffer | Readable, fileName: string, mimeType: string): Promise<IBinaryData>;
	/** Opens a file of the item or of n8n's binary store as a stream. */
	readBinaryStream(stored: IBinaryData): Promise<FileContent>;
}

export interface BinaryFile {
	metadata: IBinaryData;
	read(): Promise<Buffer>;
}

/** The output field `fallback`: which model was replaced and why; nothing if the chosen one answered. */
export const fallbackMetadata = (
	{ fallback }: Pick<ItemContext, 'fallback'>,
	droppedParameters: string[],
): IDataObject => (fallback ? { fallback: { ...fallback, droppedParameters } } : {});

/** The value of an option that was a field of its own in older workflows, or `otherwise` if neither is set. */
export const getMovedField = <T>(context: ItemContext, name: string, otherwise: T): T =>
	context.getOption<T | undefined>(name, undefined) ?? context.getField(name, otherwise);
