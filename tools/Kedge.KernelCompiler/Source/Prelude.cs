namespace Kedge.KernelCompiler.Source;

/// <summary>What stands at the top of every file: no header is needed.</summary>
internal static class Prelude
{
    public const string Text = """
        /* Translated from IL by Kedge.KernelCompiler. Compile without contraction of floating-point operations. */
        typedef __INT8_TYPE__ i8;
        typedef __UINT8_TYPE__ u8;
        typedef __INT16_TYPE__ i16;
        typedef __UINT16_TYPE__ u16;
        typedef __INT32_TYPE__ i32;
        typedef __UINT32_TYPE__ u32;
        typedef __INT64_TYPE__ i64;
        typedef __UINT64_TYPE__ u64;
        typedef double f64;
        _Static_assert(sizeof(void *) == 8, "addresses have 64 bits");

        #if defined(__FAST_MATH__)
        #error "fast-math changes bits"
        #endif
        #pragma STDC FP_CONTRACT OFF

        static inline f64 kedge_bits(u64 bits)
        {
            union
            {
                u64 bits;
                f64 value;
            } both = { bits };
            return both.value;
        }


        """;
}
