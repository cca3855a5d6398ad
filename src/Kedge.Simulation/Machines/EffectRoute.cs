namespace Kedge.Simulation.Machines;

/// <summary>Carries out one effect of a machine: a <c>switch</c> that sets timers, sends bytes and requests, writes to a simulated disk.</summary>
/// <typeparam name="TIn">Inputs of the machine.</typeparam>
/// <typeparam name="TOut">Effects of the machine.</typeparam>
/// <param name="effect">The effect.</param>
/// <param name="host">The host, for timers and for answers by <see cref="MachineHost{TIn, TOut}.Post"/>.</param>
public delegate void EffectRoute<TIn, TOut>(in TOut effect, MachineHost<TIn, TOut> host);
